"""The contract with everybody who links to the guide: what was published once stands where it was promised.

`data/permalinks.yml` holds the promises, the built site shows what is kept. Ids never end, never change their
subject and never stand twice; words may change, but only where somebody has seen it.
"""
