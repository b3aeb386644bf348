namespace Sensing.TrafficCamera.Detector;

/// <summary>What has become of the frames that the model should have looked at.</summary>
internal struct DetectorTally
{
    public long Looked;
    public long Skipped;
    public long Failed;
    public long Objects;
    public double LongestMs;
    public string? Problem;

    public static DetectorTally Load(BinaryReader state)
    {
        DetectorTally tally = new()
        {
            Looked = state.ReadInt64(),
            Skipped = state.ReadInt64(),
            Failed = state.ReadInt64(),
            Objects = state.ReadInt64(),
            LongestMs = state.ReadDouble(),
        };
        string problem = state.ReadString();
        tally.Problem = problem.Length > 0 ? problem : null;
        return tally;
    }

    public readonly void Save(BinaryWriter state)
    {
        state.Write(Looked);
        state.Write(Skipped);
        state.Write(Failed);
        state.Write(Objects);
        state.Write(LongestMs);
        state.Write(Problem ?? "");
    }
}
