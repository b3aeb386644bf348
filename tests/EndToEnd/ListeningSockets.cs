using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace Sensing.EndToEnd;

/// <summary>What a process listens on, as the kernel tells it.</summary>
internal static partial class ListeningSockets
{
    /// <summary>Ports, with the local address of each in <paramref name="addresses"/>.</summary>
    public static int[] Of(int process, out string[] addresses)
    {
        HashSet<string> inodes = [.. Directory.GetFiles($"/proc/{process}/fd")
            .Select(link => SocketLink().Match(new FileInfo(link).LinkTarget ?? ""))
            .Where(match => match.Success).Select(match => match.Groups[1].Value)];
        (string Address, int Port)[] own = [.. new[] { "tcp", "tcp6" }
            .SelectMany(table => File.ReadAllLines($"/proc/{process}/net/{table}").Skip(1))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            // Column 3 is the state (0A: listening), column 9 the inode.
            .Where(columns => columns[3] == "0A" && inodes.Contains(columns[9]))
            .Select(columns => Parse(columns[1]))];
        addresses = [.. own.Select(socket => socket.Address)];
        return [.. own.Select(socket => socket.Port)];
    }

    /// <summary>The kernel writes an address as 32-bit words in the machine's byte order, and the port in hexadecimal.</summary>
    private static (string Address, int Port) Parse(string text)
    {
        string[] parts = text.Split(':');
        byte[] bytes = Convert.FromHexString(parts[0]);
        for (int word = 0; word < bytes.Length; word += 4)
        {
            Array.Reverse(bytes, word, 4);
        }

        return (new IPAddress(bytes).ToString(), int.Parse(parts[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture));
    }

    [GeneratedRegex(@"^socket:\[(\d+)\]$")]
    private static partial Regex SocketLink();
}
