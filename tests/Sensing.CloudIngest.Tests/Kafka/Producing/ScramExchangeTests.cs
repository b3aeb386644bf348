using System.Security.Authentication;
using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Log.Kafka.Producing;

namespace Sensing.CloudIngest.Tests.Kafka.Producing;

/// <summary>Against the exchange of RFC 7677, section 3.</summary>
public class ScramExchangeTests
{
    private const string Nonce = "rOprNGfwEbeRWgbNEkqO";
    private const string Challenge = "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096";
    private const string Last = "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=";

    [Fact]
    public void The_example_of_the_standard_comes_out()
    {
        ScramExchange exchange = Exchange();

        Assert.Equal("n,,n=user,r=rOprNGfwEbeRWgbNEkqO", exchange.First());
        Assert.Equal(
            "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=",
            exchange.Answer(Challenge));
        exchange.Verify(Last);
    }

    [Theory]
    [InlineData("v=7rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=", "does not prove")]
    [InlineData("v=", "does not prove")]
    [InlineData("v=%", "does not prove")]
    [InlineData("", "does not prove")]
    [InlineData("e=invalid-proof", "refuses user and password (invalid-proof)")]
    public void A_server_that_does_not_know_the_password_is_refused(string last, string problem)
    {
        ScramExchange exchange = Exchange();
        exchange.Answer(Challenge);

        Assert.Contains(problem, Assert.Throws<AuthenticationException>(() => exchange.Verify(last)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_last_word_without_a_challenge_is_refused() => Assert.Throws<AuthenticationException>(() => Exchange().Verify(Last));

    [Theory]
    [InlineData("r=another%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096")]
    [InlineData("r=rOprNGfwEbeRWgbNEkqO,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096")]
    [InlineData("r=rOprNGfwEbeRWgbNEkqOx,s=no-base64,i=4096")]
    [InlineData("r=rOprNGfwEbeRWgbNEkqOx,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=many")]
    [InlineData("r=rOprNGfwEbeRWgbNEkqOx,s=W22ZaJ0SNY7soEsUEjb6gQ==")]
    [InlineData("m=ext,r=rOprNGfwEbeRWgbNEkqOx,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096")]
    [InlineData("")]
    public void A_challenge_that_is_none_is_refused(string challenge) =>
        Assert.Contains("malformed", Assert.Throws<AuthenticationException>(() => Exchange().Answer(challenge)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("1")]
    [InlineData("4095")]
    [InlineData("10000001")]
    public void So_few_iterations_that_they_protect_nothing_or_so_many_that_they_stop_this_process_are_refused(string iterations) =>
        Assert.Contains(
            $"asks for {iterations} iterations",
            Assert.Throws<AuthenticationException>(() => Exchange().Answer($"r={Nonce}x,s=W22ZaJ0SNY7soEsUEjb6gQ==,i={iterations}")).Message,
            StringComparison.Ordinal);

    [Fact]
    public void What_separates_is_written_otherwise_in_a_name() =>
        Assert.Equal("n,,n=a=2Cb=3Dc=3D2C,r=1", new ScramExchange(KafkaSaslMechanism.ScramSha256, "a,b=c=2C", "", "1").First());

    [Fact]
    public void Two_exchanges_begin_differently() =>
        Assert.NotEqual(new ScramExchange(KafkaSaslMechanism.ScramSha512, "user", "").First(), new ScramExchange(KafkaSaslMechanism.ScramSha512, "user", "").First());

    private static ScramExchange Exchange() => new(KafkaSaslMechanism.ScramSha256, "user", "pencil", Nonce);
}
