"""Stub replaced by the people module."""


class EntropyValidator:
    def validate(self, password, user=None):
        pass

    def get_help_text(self):
        return ""
