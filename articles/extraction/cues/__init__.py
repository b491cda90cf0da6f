"""Detection of reporting verbs and other cues of quotations."""
