"""The editor's loop: the site as it would be, drafts and pending items in it, built anew on every change."""
