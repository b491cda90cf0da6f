"""The migrations as they were before they were squashed into 0001 to 0003, unchanged.

`articles.management.unsquashed` runs them on databases that have passed some of them.
"""
