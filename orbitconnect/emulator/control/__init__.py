"""What controls the emulator: faults, rate limits, the journal, snapshots, the turning of its clock."""
