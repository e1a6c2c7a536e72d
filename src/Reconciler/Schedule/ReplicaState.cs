namespace OdooSky.GitOps.Reconciler.Schedule;

/// <summary>How this replica stands to the others, as it found last.</summary>
/// <param name="Name">Its own name.</param>
/// <param name="Living">How many replicas live, with itself.</param>
/// <param name="Trouble">Why the database that they share can't be used now, in one line; null: it can.</param>
/// <param name="Since">Since when that is so.</param>
internal sealed record ReplicaState(string Name, int Living, string? Trouble, DateTimeOffset Since);

/// <summary>Who works on a target.</summary>
/// <param name="Replica">The replica's name.</param>
/// <param name="IsHere">Whether that is this process.</param>
internal sealed record Seat(string Replica, bool IsHere);
