"""Imports past the files beside the script."""
import os
import sys
from .threads import this_thread


def import_library(name):
	"""A module of the standard library; leaves sys.modules as it was."""
	home, thread, served = os.path.dirname(os.__file__), this_thread(), []
	places = [place for place in sys.path if place in (home, home + '/lib-dynload')]

	class Finder:
		def find_spec(name, path=None, target=None):
			if this_thread() == thread:
				spec = sys.modules['_frozen_importlib_external'].PathFinder.find_spec(name, path or places)
				if spec:
					served.append(name)
				return spec

	sys.meta_path.insert(0, Finder)
	try:
		return __import__(name)
	finally:
		sys.meta_path.remove(Finder)
		for each in served:
			sys.modules.pop(each, None)
