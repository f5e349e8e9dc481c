"""Official texts on their way into the library: uploaded, corrected, handed in, approved by a second person."""
