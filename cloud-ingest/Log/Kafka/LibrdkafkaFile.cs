using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Confluent.Kafka;

namespace Sensing.CloudIngest.Log.Kafka;

/// <summary>Which librdkafka Confluent.Kafka uses: the one that was shipped with it.</summary>
/// <remarks>Left alone, Confluent.Kafka looks for its first copy by its bare name, and where that copy lacks a library (Kerberos), an
/// older librdkafka of the system's is found before the second copy and does not know some of the settings.</remarks>
internal static class LibrdkafkaFile
{
    private const string Name = "librdkafka";

    /// <summary>With Kerberos, without it, for musl: the order in which Confluent.Kafka tries them.</summary>
    private static readonly string[] Copies = [Name, "centos8-librdkafka", "alpine-librdkafka"];

    private static readonly Lazy<nint> Shipped = new(Load);

    /// <summary>Before anything of Kafka is used.</summary>
    [ModuleInitializer]
    internal static void Choose() =>
        NativeLibrary.SetDllImportResolver(typeof(ProducerConfig).Assembly, static (name, _, _) => name == Name ? Shipped.Value : 0);

    /// <returns>0 where none was shipped for this system: then the usual way is tried.</returns>
    private static nint Load()
    {
        string[] folders = [.. ((AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string) ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries), AppContext.BaseDirectory];
        string ending = OperatingSystem.IsWindows() ? ".dll" : OperatingSystem.IsMacOS() ? ".dylib" : ".so";
        foreach (string copy in Copies)
        {
            foreach (string file in folders.Select(folder => Path.Combine(folder, copy + ending)).Where(File.Exists))
            {
                if (NativeLibrary.TryLoad(file, out nint found))
                {
                    return found;
                }
            }
        }

        return 0;
    }
}
