namespace Sensing.CloudIngest.Tests.Kafka.Producing;

/// <summary>What a scripted broker does with one produce request.</summary>
/// <param name="Kind">What.</param>
/// <param name="Error">Kafka's number of the error, where it is one.</param>
internal readonly record struct Move(MoveKind Kind, short Error = 0)
{
    public static readonly Move Answer = new(MoveKind.Answer);

    public override string ToString() => Error == 0 ? $"{Kind}" : $"{Kind} {Error}";
}
