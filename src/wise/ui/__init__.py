"""What pages share: the frame, the form renderer, template tags, styles."""
