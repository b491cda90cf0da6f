"""The migrations 0001 to 0018, which were squashed into 0001_tables to 0003_triggers, unchanged.

`articles.operations.unsquashed_upgrade` runs them on databases that have passed some of them.
"""
