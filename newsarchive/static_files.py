"""Static files under names that hold a hash of what is in them, so that browsers may keep them for ever."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFilesStorage(CompressedManifestStaticFilesStorage):
    """A file that ``collectstatic`` has not seen keeps its own name, and is kept for a minute."""

    def stored_name(self, name):
        collected = self.hash_key(self.clean_name(name)) in self.hashed_files
        return super().stored_name(name) if collected else name
