"""Acts on speakers: who bears a name, how it is filed, and which address is free for it."""
