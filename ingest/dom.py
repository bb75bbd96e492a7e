"""A walk through a parsed page in linear time. Knows nothing about what elements mean."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from resiliparse.parse.html import DOMNode, ElementNode


def inside(root: "DOMNode") -> "Iterator[ElementNode]":
    """Yield all elements below a node, in order.

    The parser's own lists are slow: the time to go through one grows with the square of it.
    """
    from resiliparse.parse.html import ElementNode

    depth, node = 1, root.first_child
    while node is not None:
        if isinstance(node, ElementNode):
            yield node
        down = node.first_child
        if down is not None:
            depth, node = depth + 1, down
            continue
        while node.next is None:
            depth -= 1
            if depth == 0 or node.parent is None:
                return
            node = node.parent
        node = node.next
