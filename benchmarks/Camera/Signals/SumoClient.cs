using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Sensing.Benchmarks.Camera.Signals;

/// <summary>The part of TraCI (SUMO's control protocol, version 20) that the measure needs: step, vehicles around a junction, lamps.</summary>
/// <remarks>Big-endian messages of length-prefixed commands; see "TraCI/Protocol" in SUMO's documentation.</remarks>
internal sealed class SumoClient : IDisposable
{
    private const byte Close = 0x7F, Step = 0x02, SetLights = 0xC2, SubscribeAroundJunction = 0x89, AroundJunction = 0x99;
    private const byte Vehicles = 0xA4, LaneOf = 0x51, PositionOnLane = 0x56, Speed = 0x40, VehicleLength = 0x44, LightState = 0x20;
    private const byte TextType = 0x0C;

    private readonly TcpClient _connection;
    private readonly NetworkStream _stream;
    private readonly List<SumoVehicle> _vehicles = [];
    private byte[] _message = new byte[1 << 16];
    private int _at;

    private SumoClient(TcpClient connection)
    {
        _connection = connection;
        _stream = connection.GetStream();
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Connects to a SUMO that is starting.</summary>
    /// <exception cref="MeasureException">It ends, or does not listen within half a minute of tries.</exception>
    public static async Task<SumoClient> ConnectAsync(int port, Func<bool> alive, CancellationToken cancellation)
    {
        for (int attempt = 0; attempt < 600 && alive(); attempt++)
        {
            var connection = new TcpClient { NoDelay = true };
            try
            {
                await connection.ConnectAsync(IPAddress.Loopback, port, cancellation);
                return new SumoClient(connection);
            }
            catch (SocketException)
            {
                connection.Dispose();
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellation);
            }
        }

        throw new MeasureException("SUMO does not answer on its port: run it by hand to see why.");
    }

    /// <summary>From now on each step brings the vehicles within a distance of a junction.</summary>
    public void WatchJunction(string junction, double rangeM)
    {
        using var body = new MemoryStream();
        Write(body, 0.0);
        Write(body, 1e9);
        Write(body, junction);
        body.WriteByte(Vehicles);
        Write(body, rangeM);
        body.Write([4, LaneOf, PositionOnLane, Speed, VehicleLength]);
        Send(SubscribeAroundJunction, body.ToArray());
        ReadStatus(SubscribeAroundJunction);
    }

    public void SetState(string lights, string state)
    {
        using var body = new MemoryStream();
        body.WriteByte(LightState);
        Write(body, lights);
        body.WriteByte(TextType);
        Write(body, state);
        Send(SetLights, body.ToArray());
        ReadStatus(SetLights);
    }

    /// <summary>Simulates a step of a second; the vehicles around the junction after it.</summary>
    public IReadOnlyList<SumoVehicle> NextSecond()
    {
        Send(Step, new byte[8]);
        ReadStatus(Step);
        _vehicles.Clear();
        int results = ReadInt();
        for (int i = 0; i < results; i++)
        {
            ReadAround();
        }

        return _vehicles;
    }

    public void End()
    {
        Send(Close, []);
        ReadStatus(Close);
    }

    public void Dispose()
    {
        _stream.Dispose();
        _connection.Dispose();
    }

    private static void Write(Stream body, double value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteDoubleBigEndian(bytes, value);
        body.Write(bytes);
    }

    private static void Write(Stream body, string text)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, Encoding.ASCII.GetByteCount(text));
        body.Write(length);
        body.Write(Encoding.ASCII.GetBytes(text));
    }

    private void Send(byte command, byte[] body)
    {
        // The long form of a command's length, which holds for every length.
        var message = new byte[4 + 1 + 4 + 1 + body.Length];
        BinaryPrimitives.WriteInt32BigEndian(message, message.Length);
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(5), message.Length - 4);
        message[9] = command;
        body.CopyTo(message, 10);
        _stream.Write(message);

        Span<byte> head = stackalloc byte[4];
        _stream.ReadExactly(head);
        int length = BinaryPrimitives.ReadInt32BigEndian(head) - 4;
        if (_message.Length < length)
        {
            _message = new byte[2 * length];
        }

        _stream.ReadExactly(_message, 0, length);
        _at = 0;
    }

    private void ReadStatus(byte command)
    {
        ReadLength();
        byte of = _message[_at++], result = _message[_at++];
        string text = ReadText();
        if (of != command || result != 0)
        {
            throw new MeasureException($"SUMO refuses command 0x{command:X2}: {text}");
        }
    }

    private void ReadAround()
    {
        ReadLength();
        if (_message[_at++] != AroundJunction)
        {
            throw new MeasureException("SUMO answers a step with something other than the vehicles around the junction.");
        }

        ReadText();
        _at++;
        int variables = _message[_at++], vehicles = ReadInt();
        for (int i = 0; i < vehicles; i++)
        {
            var vehicle = new SumoVehicle { Id = ReadText() };
            for (int k = 0; k < variables; k++)
            {
                byte variable = _message[_at];
                _at += 3;
                string text = variable == LaneOf ? ReadText() : "";
                double number = variable == LaneOf ? 0 : ReadDouble();
                vehicle = variable switch
                {
                    LaneOf => vehicle with { Lane = text },
                    PositionOnLane => vehicle with { PositionM = number },
                    Speed => vehicle with { SpeedMs = number },
                    _ => vehicle with { LengthM = number },
                };
            }

            _vehicles.Add(vehicle);
        }
    }

    private void ReadLength() => _at += _message[_at] == 0 ? 5 : 1;

    private int ReadInt()
    {
        int value = BinaryPrimitives.ReadInt32BigEndian(_message.AsSpan(_at));
        _at += 4;
        return value;
    }

    private double ReadDouble()
    {
        double value = BinaryPrimitives.ReadDoubleBigEndian(_message.AsSpan(_at));
        _at += 8;
        return value;
    }

    private string ReadText()
    {
        int length = ReadInt();
        string text = Encoding.ASCII.GetString(_message, _at, length);
        _at += length;
        return text;
    }
}
