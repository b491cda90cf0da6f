"""An upper limit for assertNumQueries."""


class AtMost(int):
    """For ``assertNumQueries``: a number that may be smaller, as long as it does not grow with rows."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, int) and int(other) <= int(self)

    def __hash__(self) -> int:
        return int(self)


TWELVE = AtMost(12)
