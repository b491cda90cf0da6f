"""Detection of interviews: questions, answers and their speakers."""
