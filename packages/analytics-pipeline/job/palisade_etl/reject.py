"""Why a record goes to quarantine."""


class Reject(Exception):
    """A record that cannot be read as what its source says it is. The reason is one word of a fixed list."""

    def __init__(self, reason):
        super().__init__(reason)
        self.reason = reason
