"""Every minute: turns that nobody is answering are sent again, and given up in the end."""
