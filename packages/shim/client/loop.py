"""The loop between the child's start and the end of what it writes."""
LINGER = 0.5  # seconds after the child's end for others that hold its pipes: a `tee` behind a process substitution


def pass_on(process, pipes, bell):
    """Passes all output on until the child is gone and its streams are at their ends, or LINGER is over."""
    poll, open_pipes, deadline = select.poll(), {}, None
    poll.register(bell, select.POLLIN)
    for each in pipes:
        open_pipes[each.source] = each
        poll.register(each.source, select.POLLIN)

    def done(source):
        poll.unregister(source)
        open_pipes.pop(source).close()

    while open_pipes or process.code is None:
        left = None
        if process.code is not None:
            deadline = deadline or clock() + LINGER
            left = max(0, int((deadline - clock()) * 1000))
            if not left:
                break
        for source, _ in wait(poll, left):
            if source == bell:
                retried(os.read, bell, BLOCK)
            elif not open_pipes[source].pump(BLOCK) or not open_pipes[source].passes:
                done(source)
    for source in list(open_pipes):  # what is in them now, and nothing that somebody goes on writing
        left = open_pipes[source].waiting()
        while left > 0 and open_pipes[source].passes:
            left -= open_pipes[source].pump(min(left, BLOCK))
        done(source)
