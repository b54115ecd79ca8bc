"""The shim as a whole: the words as a child, what they print on its way, the rows to Katib."""
import os
from .end import finish
from .environment import programs_environment, read_config, setting
from .loop import Loop
from .pipes import fill_holes
from .pods import is_primary
from .prepare import make_bell, make_reporter, make_sources
from .process import Process
from .say import say
from .stop import Stopping
from .words import NOT_RUN, exec_words, given_words


def start(words, env):
    """All that may fail while the words can still be run as they are. None where there is nothing to push."""
    config = read_config('KATIB_PUSH_CONFIG')
    trial = setting('KATIB_TRIAL_NAME') or setting('KATIB_PUSH_TRIAL_NAME')
    if not config.get('metrics') or not trial or is_primary and not is_primary():
        return None
    objective = config.get('objective') or {'name': config['metrics'][0]}
    descriptors = fill_holes()
    bell, ring = make_bell()
    reporter = make_reporter(trial, config, objective, ring)
    pipes, watchers = make_sources(config, reporter, descriptors)
    process = Process()
    try:
        process.on_signal = lambda number: process.terminated and reporter.abandon()
        if Stopping and config.get('rules'):
            watchers.append(Stopping(process, reporter))
        loop = Loop(process, pipes, bell, reporter, watchers)
        process.start(words, env, [(each.end, number) for each in pipes for number in each.to])
    except BaseException:
        process.release()
        raise

    def run():
        for each in pipes:
            os.close(each.end)
        loop.run()
        return finish(process, reporter, trial, config)
    return run


def main():
    words, env = given_words(), programs_environment()
    try:
        run = start(words, env)
    except BaseException as e:
        say('the metrics of this trial are not pushed, its command runs as it is: %r', e)
        run = None
    code = NOT_RUN
    try:
        code = run() if run else exec_words(words, env)
    except BaseException as e:
        say('ends before its time: %r', e)
    finally:
        os._exit(code)


main()
