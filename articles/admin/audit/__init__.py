"""The audit log and undo pages."""
