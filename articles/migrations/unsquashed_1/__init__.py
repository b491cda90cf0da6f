"""The migrations that were first squashed, into 0001 to 0003 of `unsquashed_2`, unchanged.

`articles.operations.unsquashed_upgrade` runs them on databases that have passed some of them.
"""
