"""An archive of every former version comes to today's state, with what it holds."""
