"""The review queue, and pages of what needs an editor's attention."""
