"""Callees that the program stores or passes on (`log = print`)."""
from _operator import getitem


def make_stored(wrap):
	"""What wraps a callee that is kept: it looks, compares and pickles as the callee."""
	class Stored:
		__slots__ = ('_callee', '__weakref__')
		__call__ = property(lambda self: wrap(self._callee))
		__class__ = property(lambda self: self._callee.__class__)
		__doc__ = property(lambda self: self._callee.__doc__)
		__hash__ = lambda self: hash(self._callee)
		__repr__ = lambda self: repr(self._callee)

		def __init__(self, callee):
			self._callee = callee

		def __getattr__(self, name):
			return getattr(self._callee, name)

		def __get__(self, instance, owner=None):
			get = getattr(type(self._callee), '__get__', None)
			return Stored(get(self._callee, instance, owner)) if get else self

		def __eq__(self, other):
			return self._callee == (other._callee if type(other) is Stored else other)

		def __reduce_ex__(self, _):
			return getitem, ((self._callee,), 0)

	return lambda callee: Stored(callee) if callable(callee) and type(callee) is not Stored else callee
