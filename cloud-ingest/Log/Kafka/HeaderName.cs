using System.Runtime.InteropServices;
using System.Text;

namespace Sensing.CloudIngest.Log.Kafka;

/// <summary>Name of a Kafka header, once as text and once as the native library takes it. Each is made once and kept.</summary>
internal sealed unsafe class HeaderName
{
    public HeaderName(string text)
    {
        Text = text;
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Pointer = (byte*)NativeMemory.AllocZeroed((nuint)bytes.Length + 1);
        bytes.CopyTo(new Span<byte>(Pointer, bytes.Length));
    }

    public string Text { get; }

    /// <summary>UTF-8 that ends with a zero.</summary>
    public byte* Pointer { get; }
}
