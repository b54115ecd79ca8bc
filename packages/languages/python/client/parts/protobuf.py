"""Fields of protobuf messages."""


def field(tag, data):
	"""A field with its length; up to 126 bytes an HPACK literal, too."""
	head, size = bytearray(tag), len(data)
	while size > 127:
		head.append(size & 127 | 128)
		size >>= 7
	head.append(size)
	return bytes(head + data)


def text_field(tag, text):
	return field(tag, text.encode('utf-8', 'replace'))
