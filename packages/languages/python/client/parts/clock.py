"""Clocks, as they are when the client starts: a program may patch them later."""
from . import python2
import time

now, clock, sleep, utc = time.time, time.monotonic, time.sleep, time.gmtime
MICROSECONDS = 10**6

latest_second = {}  # with its text


def stamp(micros):
	"""RFC 3339 of microseconds since 1970."""
	second, micro = divmod(micros, MICROSECONDS)
	text = latest_second.get(second)
	if not text:
		latest_second.clear()
		text = latest_second[second] = u'%04d-%02d-%02dT%02d:%02d:%02d.' % utc(second)[:6]
	return '%s%06dZ' % (text, micro)


def wait_while(holds, milliseconds):
	"""Looks every millisecond whether it still holds."""
	for _ in range(milliseconds):
		if not holds():
			break
		sleep(0.001)
