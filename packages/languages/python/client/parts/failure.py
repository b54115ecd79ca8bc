"""`KATIB_PUSH_ON_FAILURE=fail`."""
import os
import sys

EX_TEMPFAIL = 75


class Last:
	"""Lives as long as the module sys; its death, after everything else of the program, ends the process."""

	def __init__(self):
		self.leave, self.streams = os._exit, (sys.__stdout__, sys.__stderr__)

	def __del__(self):
		try:
			for stream in self.streams:
				if stream:
					stream.flush()
		finally:
			self.leave(EX_TEMPFAIL)
