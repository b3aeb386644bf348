namespace Sensing.Documentation.Tests;

public class ShownCommandsTests
{
    [Fact]
    public void Commands_are_found_in_fences_in_indented_blocks_and_in_text()
    {
        string[] document =
        [
            "Text with `./start --help`, `a value` and `edge-node`.",
            "",
            "    dotnet run -- list   # a comment",
            "    {\"what\": \"it prints\"}",
            "",
            "```bash",
            "whatever --is here   # a comment",
            "```",
            "```json",
            "{ \"key\": 1 }",
            "```",
            "| `NAME=value curl a\\|b` | table |",
        ];

        Assert.Equal(
            [("./start --help", 1), ("dotnet run -- list", 3), ("whatever --is here", 7), ("NAME=value curl a|b", 12)],
            ShownCommands.In("a.md", document).Select(command => (command.Text, command.Line)));
    }

    [Theory]
    [InlineData("```")]
    [InlineData("    somebody --unknown")]
    public void What_cannot_be_classified_is_refused_with_its_place(string line)
    {
        FormatException error = Assert.Throws<FormatException>(() => ShownCommands.In("a.md", ["Text.", "", line]).ToList());
        Assert.StartsWith("a.md:3: ", error.Message, StringComparison.Ordinal);
    }
}
