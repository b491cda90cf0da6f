"""Operation of an archive: integrity check, dump and load, reindexing, sample data, upgrades."""
