"""Whether the objective was found; what came closest to it where it was not."""
LONGEST_QUOTE = 200  # characters


class Objective:
    def __init__(self, name):
        self.name, self.found, self.nearest = name, False, ''

    def watch(self, read):
        """Reads as `read` does."""
        def watched(text):
            pairs = read(text)
            if not self.found:
                self.found = any(name == self.name and value for name, value in pairs)
                if self.name in text:
                    self.nearest = text
            return pairs
        return watched

    def nearest_line(self, latest):
        """A line that holds the name, else one of the latest that holds it in other letters, else the last one."""
        if self.nearest:
            return quoted(self.nearest)
        lines = [line for line in latest.decode('utf-8', 'replace').split('\n') if line.strip()]
        alike = [line for line in lines if self.name.lower() in line.lower()]
        return quoted((alike or lines or [''])[-1])


def quoted(line):
    line = line.strip()
    return line if len(line) <= LONGEST_QUOTE else line[:LONGEST_QUOTE] + '...'
