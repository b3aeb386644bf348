namespace Sensing.EdgeNode.Commands;

/// <summary>What <see cref="Doctor"/> found about one thing.</summary>
public sealed record Finding(FindingGrade Grade, string Subject, string Text)
{
    public override string ToString() => $"{Grade switch { FindingGrade.Well => "well ", FindingGrade.Doubtful => "doubt", _ => "FAILS" }}  {Subject}: {Text}";
}
