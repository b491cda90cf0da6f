"""Streaming replicas that answer readers, beside the primary that takes all writes."""
