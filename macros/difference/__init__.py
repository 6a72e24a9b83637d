"""The change report: what readers and clinics will see, told from two built sites and nothing else."""
