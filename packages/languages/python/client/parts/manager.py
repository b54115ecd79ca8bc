"""Katib's DB manager as a destination: what a Sender delivers to."""
from .clock import stamp
from .http2 import Link
from .protobuf import field, text_field
from .stream import Stream
from .tls import tls_context

PORT = 6789
REPORT = b'/api.v1.beta1.DBManager/ReportObservationLog'
OK, UNKNOWN, UNAVAILABLE = 0, 2, 14  # gRPC statuses
# What Katib answers while it lives and its database does not, with UNKNOWN, as to a bad row; in lower case.
DATABASE_IS_AWAY = (
	'dial tcp', 'dial unix', 'connection refused', 'connection reset', 'bad connection', 'invalid connection',
	'broken pipe', 'no such host', 'i/o timeout', 'the database system is', 'too many clients', 'too many connections',
	'error 1040', 'error 1053')
# Tags of fields that hold text or a message: field number << 3 | 2. All that is sent has the numbers 1 and 2:
# a request its trial's name and a log, a log its rows, a row its time and a metric, a metric its name and value.
FIRST, SECOND = b'\x0a', b'\x12'


class Manager:
	"""`https://` in front of the address asks for TLS. Tags are those of Katib's `api.proto`."""
	ended = False  # takes no more calls

	def __init__(self, trial, address, authorities):
		self.name, self.link, self.trial, self.context = address, None, text_field(FIRST, trial), None
		if address.startswith('https://') and tls_context:
			address, self.context = address[len('https://'):].rstrip('/'), tls_context(authorities, b'h2')
		self.address = address

	def report(self, batch, limit):
		"""Sends the batch in one call. Returns its gRPC status or None, and what is wrong."""
		rows = []
		for micros, name, value in batch:
			metric = text_field(FIRST, name) + text_field(SECOND, value)
			rows.append(field(FIRST, text_field(FIRST, stamp(micros)) + field(SECOND, metric)))
		return self.call(REPORT, self.trial + field(SECOND, b''.join(rows)), limit)

	def call(self, path, message, limit):
		"""Calls a method. Returns its gRPC status or None, and what is wrong; `answer_bytes` is how much it answered."""
		status = None
		try:
			if self.address.startswith('https://'):
				raise OSError('the client was delivered without TLS')
			if not self.link:
				self.link = Link(Stream(self.address, PORT, self.context, limit), self.address, self.context)
			if self.ended:
				raise OSError('ended')
			self.link.stream.limit = limit
			status, error = read_status(self.link.call(path, message))
			self.answer_bytes = self.link.answer_bytes
		except Exception as e:
			error = str(e) or repr(e)
		if status != OK or not self.link.usable:
			self.close()
		return status, error

	def close(self):
		link, self.link = self.link, None
		if link:
			link.stream.close()


def read_status(found):
	"""The status in headers and trailers, and what is wrong. UNAVAILABLE where the database is away."""
	status, message = int(found.get('grpc-status', UNKNOWN)), found.get('grpc-message', '')
	error = 'grpc-status %d: %s' % (status, message)
	is_away = status == UNKNOWN and any(text in message.lower() for text in DATABASE_IS_AWAY)
	return UNAVAILABLE if is_away else status, error
