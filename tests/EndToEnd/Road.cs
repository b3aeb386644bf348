namespace Sensing.EndToEnd;

/// <summary>A made-up road as a recording: the options of a standalone that reads it.</summary>
internal static class Road
{
    /// <summary>Writes a <c>node.json</c> and returns the options that use it.</summary>
    /// <param name="folder">Where to write it.</param>
    /// <param name="seconds">Length of the recording.</param>
    /// <param name="pace">max, or a multiple of real time such as 60x.</param>
    public static string[] Recording(string folder, double seconds, string pace)
    {
        string file = Path.Combine(folder, $"node-{pace}.json");
        File.WriteAllText(file, $$"""
            {
              "site": "test", "node": "one", "checkpointSeconds": 0.2,
              "streams": [
                {
                  "name": "road", "pace": "{{pace}}",
                  "source": { "type": "synthetic", "scenario": "mixed", "seed": 7, "durationSeconds": {{seconds}}, "snrDb": 12 },
                  "das": {}
                }
              ]
            }
            """);
        return ["--config", file];
    }
}
