namespace Sensing.EdgeNode.Tests.Outbox.Damage;

/// <summary>A copy of an outbox's files, to be damaged.</summary>
public static class DamagedCopy
{
    public static void Make(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (string file in Directory.GetFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }
    }
}
