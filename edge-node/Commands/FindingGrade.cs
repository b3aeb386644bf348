namespace Sensing.EdgeNode.Commands;

/// <summary>How bad a finding is.</summary>
public enum FindingGrade
{
    Well,
    Doubtful,
    Fails,
}
