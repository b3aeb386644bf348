namespace Sensing.CloudIngest.Bridge;

/// <summary>MQTT's variable byte integer: seven bits a byte, the lowest first, up to <see cref="MaxBytes"/> of them.</summary>
internal static class MqttNumber
{
    public const int MaxBytes = 4;

    /// <param name="bytes">Where it lies.</param>
    /// <param name="at">Where it begins; afterwards the place after it.</param>
    /// <param name="number">Its value.</param>
    /// <returns>False where the bytes end before it does, or it has more than <see cref="MaxBytes"/>.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, scoped ref int at, out int number)
    {
        number = 0;
        for (int shift = 0; shift < 7 * MaxBytes && at < bytes.Length; shift += 7)
        {
            byte part = bytes[at++];
            number |= (part & 0x7f) << shift;
            if ((part & 0x80) == 0)
            {
                return true;
            }
        }

        return false;
    }
}
