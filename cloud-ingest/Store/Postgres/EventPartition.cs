namespace Sensing.CloudIngest.Store.Postgres;

/// <summary>A partition that there is.</summary>
/// <param name="Tier">Its tier.</param>
/// <param name="Begin">Its first time, ticks.</param>
/// <param name="End">The time after its last, ticks.</param>
/// <param name="FirstArrival">No event in it arrived before this, ticks.</param>
/// <param name="LastArrival">No event in it arrived after this, ticks.</param>
/// <param name="Table">The table that holds its events and none else, as SQL names it.</param>
internal sealed record EventPartition(int Tier, long Begin, long End, long FirstArrival, long LastArrival, string Table);
