"""TLS before Python 3.7, where host names are compared in ssl. No script is run by these, so nothing shadows it."""
import sys


def old_context(authorities, protocol):
	import ssl
	context = ssl.create_default_context(cafile=authorities or None)
	if ssl.HAS_ALPN:
		context.set_alpn_protocols([protocol.decode()])
	return context


def old_secure(context, socket, host):
	import socket as sockets
	timeout = socket.gettimeout()
	if sys.version_info < (3,):
		plain = sockets.socket(_sock=socket)
	else:
		plain = sockets.socket(socket.family, socket.type, socket.proto, socket.detach())
	plain.settimeout(timeout)
	wrapped = context.wrap_socket(plain, server_hostname=host)
	return wrapped, wrapped
