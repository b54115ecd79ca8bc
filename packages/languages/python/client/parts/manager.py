"""Katib's DB manager as a destination: what a Sender delivers to."""
from .clock import stamp
from .http2 import Link
from .protobuf import field, text_field
from .stream import Stream
from .tls import tls_context

PORT = 6789
OK, UNKNOWN, UNAVAILABLE = 0, 2, 14  # gRPC statuses
# What Katib answers while it lives and its database does not, with UNKNOWN, as to a bad row; in lower case.
DATABASE_IS_AWAY = (
	'dial tcp', 'dial unix', 'connection refused', 'connection reset', 'bad connection', 'invalid connection',
	'broken pipe', 'no such host', 'i/o timeout', 'the database system is', 'too many clients', 'too many connections',
	'error 1040', 'error 1053')
# Tags: field number << 3 | 2, which is text, bytes or a message.
TRIAL_NAME, OBSERVATION_LOG = b'\x0a', b'\x12'  # of ReportObservationLogRequest
METRIC_LOGS = b'\x0a'  # of ObservationLog
TIME_STAMP, METRIC = b'\x0a', b'\x12'  # of MetricLog
NAME, VALUE = b'\x0a', b'\x12'  # of Metric


class Manager:
	"""`https://` in front of the address asks for TLS. Tags are those of Katib's `api.proto`."""

	def __init__(self, trial, address, authorities):
		self.name, self.link, self.trial, self.context = address, None, text_field(TRIAL_NAME, trial), None
		if address.startswith('https://') and tls_context:
			address, self.context = address[len('https://'):].rstrip('/'), tls_context(authorities, b'h2')
		self.address = address

	def report(self, batch, limit):
		"""Sends the batch in one call. Returns its gRPC status or None, and what is wrong."""
		rows = []
		for micros, name, value in batch:
			metric = text_field(NAME, name) + text_field(VALUE, value)
			rows.append(field(METRIC_LOGS, text_field(TIME_STAMP, stamp(micros)) + field(METRIC, metric)))
		status = None
		try:
			if not self.link:
				self.link = self.connect(limit)
			self.link.stream.limit = limit
			found = self.link.call(self.trial + field(OBSERVATION_LOG, b''.join(rows)))
			status, error = read_status(found)
		except Exception as e:
			error = str(e) or repr(e)
		if status != OK or not self.link.usable:
			self.close()
		return status, error

	def connect(self, limit):
		if self.address.startswith('https://'):
			raise OSError('the client was delivered without TLS')
		return Link(Stream(self.address, PORT, self.context, limit), self.address, self.context)

	def close(self):
		link, self.link = self.link, None
		if link:
			link.stream.close()


def read_status(found):
	"""The status in headers and trailers, and what is wrong. UNAVAILABLE where the database is away."""
	status, message = int(found.get('grpc-status', UNKNOWN)), percent_decoded(found.get('grpc-message', ''))
	error = 'grpc-status %d: %s' % (status, message)
	is_away = status == UNKNOWN and any(text in message.lower() for text in DATABASE_IS_AWAY)
	return UNAVAILABLE if is_away else status, error


def percent_decoded(text):
	"""A text as gRPC writes it in a header: UTF-8, `%0A` for what may not stand there."""
	parts = text.encode('latin-1', 'replace').split(b'%')
	data = bytearray(parts[0])
	for part in parts[1:]:
		try:
			data.append(int(part[:2], 16))
			data += part[2:]
		except ValueError:
			data += b'%' + part
	return data.decode('utf-8', 'replace')
