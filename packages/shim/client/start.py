"""The shim as a whole."""


def prepare(words, env):
    """All that may fail while the words can still be run as they are. Returns what the loop needs."""
    config = literal(setting('KATIB_PUSH_CONFIG', '{}'))
    reporter = config.get('metrics') and make_reporter(config)
    if not reporter:
        return None
    descriptors = fill_holes()
    pipes = [Pipe(group, Lines(config['metrics'], reporter.put)) for group in outputs(descriptors)]
    bell, ring = pipe()
    for end in bell, ring:
        fcntl.fcntl(end, fcntl.F_SETFL, fcntl.fcntl(end, fcntl.F_GETFL) | os.O_NONBLOCK)
    signal.set_wakeup_fd(ring)
    process = Process()
    try:
        process.start(words, env, [(each.end, number) for each in pipes for number in each.to])
    except BaseException:
        process.release()
        raise
    for each in pipes:
        os.close(each.end)
    return process, pipes, bell, reporter


def main():
    words, env = given_words(), programs_environment()
    try:
        running = prepare(words, env)
    except BaseException as e:
        say('the metrics of this trial are not pushed, its command runs as it is: %r', e)
        running = None
    if not running:
        os._exit(exec_words(words, env))
    process, pipes, bell, reporter = running
    pass_on(process, pipes, bell)
    os._exit(finish(process, reporter))


main()
