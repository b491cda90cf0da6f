"""Pages of the reports that readers send."""
