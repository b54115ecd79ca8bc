"""TLS, with _ssl alone: ssl imports what files beside the script may shadow."""
import _socket
from .protobuf import field


def tls_context(authorities, protocol):
	"""Verifies servers against a file of authorities (PEM), or the system's. `protocol` is for ALPN, as bytes."""
	import _ssl
	context = _ssl._SSLContext(_ssl.PROTOCOL_TLS_CLIENT)
	if authorities:
		context.load_verify_locations(authorities)
	else:
		context.set_default_verify_paths()
	context._set_alpn_protocols(field(b'', protocol))
	return context


class SecureSocket(_socket.socket):
	"""A connection that is encrypted from now on. _ssl asks for a class whose objects can be referred to weakly."""

	def __init__(self, context, socket, host):
		timeout = socket.gettimeout()
		_socket.socket.__init__(self, socket.family, socket.type, socket.proto, socket.detach())
		self.settimeout(timeout)
		try:
			self.tls = context._wrap_socket(self, False, server_hostname=host)
			self.tls.do_handshake()
		except BaseException:
			self.close()
			raise

	def sendall(self, data):
		while data:
			data = data[self.tls.write(data):]

	def recv(self, size):
		return self.tls.read(size)


secure = SecureSocket
