"""The shim as a whole: the words as a child, what they print on its way, the rows to Katib."""
import fcntl
import os
from .descriptors import fill_holes, make_pipe
from .end import finish
from .environment import programs_environment, read_config, setting
from .follow import follow_file
from .lines import Lines
from .loop import Loop
from .pipes import Pipe, by_file
from .pods import is_primary
from .prepare import make_reporter
from .process import Process, signal
from .rules import watch_rules
from .say import say
from .stop import Stopping
from .words import NOT_RUN, exec_words, given_words


def start(words, env):
	"""All that may fail while the words can still be run as they are. None where there is nothing to push."""
	config = read_config('KATIB_PUSH_CONFIG')
	wanted, trial = config.get('metrics'), setting('KATIB_TRIAL_NAME') or setting('KATIB_PUSH_TRIAL_NAME')
	if not wanted or not trial or is_primary and not is_primary():
		return None
	file, rules = config.get('file') or {}, config.get('rules') or ()
	is_json = file.get('format') == 'JSON'
	names = wanted + [rule['name'] for rule in rules if rule['name'] not in wanted]
	outputs = fill_holes()
	bell, ring = make_pipe()
	fcntl.fcntl(ring, fcntl.F_SETFL, os.O_NONBLOCK)  # signal handlers write to it
	signal.set_wakeup_fd(ring)
	reporter = make_reporter(trial, config, names, is_json)
	pipes, watchers = [], []
	if file:
		watchers.append(follow_file(file['path'], is_json, names, reporter.put))
	else:
		pipes = [Pipe(group, Lines(names, reporter.put)) for group in by_file(outputs)]
	sources = [each.lines for each in pipes + watchers]
	process = Process()
	try:
		process.on_signal = lambda number: process.terminated and reporter.abandon()
		if rules:
			watch_rules(reporter, config, is_json)
			watchers.append(Stopping(process, reporter))
		loop = Loop(process, pipes, bell, reporter, watchers)
		process.start(words, env, [(each.end, number) for each in pipes for number in each.to])
	except BaseException:
		process.release()
		raise

	def run():
		for each in pipes:
			os.close(each.end)
		try:
			loop.run()
		except Exception as e:  # no fault in reading keeps bytes from being passed on
			say('the rest of what is printed is not read: %r', e)
			for each in pipes:
				each.lines = Lines([], None)
			del loop.watchers[:], sources[:]
			loop.run()
		try:
			return finish(process, reporter, config, sources)
		except Exception as e:
			say('metrics are not pushed any more: %r', e)
			return process.code
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
	finally:
		os._exit(code)  # whatever happens, the words are not run again


main()
