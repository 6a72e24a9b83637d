"""What the guide costs its readers and its builders, measured beside stock Material in the same run."""
