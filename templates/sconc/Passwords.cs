using System.Security.Cryptography;
using ServerlessConcurrency;

public class Passwords
{
    [Workload("passwords")]
    public byte[] Hash(WorkItem item)
    {
        Login login = item.Read<Login>();
        return Rfc2898DeriveBytes.Pbkdf2(login.Password, Convert.FromHexString(login.Salt), login.Iterations, HashAlgorithmName.SHA256, outputLength: 32);
    }

    private sealed record Login(string Password, string Salt, int Iterations);
}
