"""Kubeflow Trainer's status endpoint as a destination; of the installed module only."""
import os
from .clock import MICROSECONDS, clock, now, stamp
from .sender import CALL_SECONDS, LAST_MOMENT, NEVER, Sender
from .spill import escaped
from .stream import Stream
from .threads import wait
from .tls import tls_context

OK, INVALID_ARGUMENT, UNAVAILABLE = 0, 3, 14
WORTH_ANOTHER_TRY = (401, 403, 408, 429)  # a token is rotated, a server is busy
TOKEN_BYTES = 1 << 20


class TrainerStatus:
	"""Kubeflow Trainer's status endpoint as a destination: it holds the latest value of each metric, not their history.

	Chosen where KUBEFLOW_TRAINER_SERVER_URL is set and no trial has a name. The body is that of Kubeflow Trainer's
	proposal 2779, `{"trainerStatus": {"metrics": [{"name", "value"}], "lastUpdatedTime"}}`. The token is read anew for
	each update, because it is rotated, and so is the authority.
	"""

	def __init__(self, env):
		self.name, self.link = env('KUBEFLOW_TRAINER_SERVER_URL'), None
		scheme, _, rest = self.name.partition('://')
		self.host, _, path = rest.partition('/')
		self.path, self.port = '/' + path, 443 if scheme == 'https' else 80
		self.authority, self.token = env('KUBEFLOW_TRAINER_SERVER_CA_CERT'), env('KUBEFLOW_TRAINER_SERVER_TOKEN')
		self.tls = scheme == 'https'
		if self.tls:
			tls_context(self.authority, b'http/1.1')  # imports what it needs now, not at exit

	def report(self, batch, limit):
		"""Posts the values; returns a status as if by gRPC: UNAVAILABLE where it is worth another try."""
		try:
			metrics = ','.join('{"name":"%s","value":"%s"}' % (escaped(name), escaped(value))
							   for _, name, value in batch)
			second = stamp(int(now() * MICROSECONDS)).split('.')[0]
			body = '{"trainerStatus":{"metrics":[%s],"lastUpdatedTime":"%sZ"}}' % (metrics, second)
			token = ''
			if self.token:
				file = os.open(self.token, os.O_RDONLY)
				try:
					token = 'Authorization: Bearer %s\r\n' % os.read(file, TOKEN_BYTES).decode().strip()
				finally:
					os.close(file)
			data = body.encode('utf-8', 'replace')
			head = 'POST %s HTTP/1.1\r\nHost: %s\r\n%sContent-Type: application/json\r\nContent-Length: %d\r\n' \
				'Connection: close\r\n\r\n' % (self.path, self.host, token, len(data))
			context = tls_context(self.authority, b'http/1.1') if self.tls else None
			stream = Stream(self.host, self.port, context, limit)
			try:
				stream.limit = limit
				stream.send(head.encode() + data)
				answer = b''
				while b'\r\n' not in answer:
					answer += stream.receive()
			finally:
				stream.close()
			code = int(answer.split()[1])
			again = code in WORTH_ANOTHER_TRY or code >= 500
			status = OK if code < 300 else UNAVAILABLE if again else INVALID_ARGUMENT
			return status, 'HTTP status %d' % code
		except Exception as e:
			return None, str(e) or repr(e)

	def close(self):
		"""Each update has a connection of its own."""


class StatusSender(Sender):
	"""Sends the latest value of each metric, at most once in `pace` seconds, and at the end."""
	pace = 5

	def forget(self):
		Sender.forget(self)
		self.next = 0

	def drain(self):
		while True:
			self.gather()
			while self.limit == NEVER and clock() < self.next and not self.leave:
				wait(self.bell, max(0, self.next - clock()))
				self.gather()
			if not self.batch or self.leave:
				return
			self.next = clock() + self.pace
			sent = self.batch
			status, error = self.to.report(sent, min(clock() + CALL_SECONDS, self.limit))
			self.answers += status is not None
			self.gather()
			if status == OK:
				self.batch = [row for row in self.batch if row not in sent]
				self.tries = 0
			else:
				self.tries, self.error = self.tries + 1, ' '.join(error.split())[:200]
				if status == INVALID_ARGUMENT:
					self.give_up(self.batch)
					self.batch = []
				elif self.limit < NEVER:
					left = self.limit - clock() - LAST_MOMENT
					if left <= 0:
						return
					wait(self.bell, min(left, 1))

	def gather(self):
		"""Reads what there is; of each metric the last row stays."""
		self.take()
		latest = {row[1]: row for row in self.batch}
		while self.rows:
			row = self.rows.popleft()
			latest[row[1]] = row
		self.batch = list(latest.values())


def make_status_sender(env):
	return StatusSender(TrainerStatus(env), None, env('KATIB_PUSH_NON_FINITE') == 'push')
