"""Officers review what enterprises handed in: the queue, their own grades, what is decided and written."""
