"""Text reuse: quotes that repeat each other, and conflicts between their attributions."""
